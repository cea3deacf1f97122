// Loaded before the C library, this lets the n-th change of a file below a folder fail, and all after it: a disk that
// fills up. FAULTY_DISK_FOLDER names the folder, FAULTY_DISK_AT the number, counted from 1.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long changes;

static int isOurs(const char *path) {
  const char *folder = getenv("FAULTY_DISK_FOLDER");
  return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int isFull(void) {
  const char *at = getenv("FAULTY_DISK_AT");
  return at && atomic_fetch_add(&changes, 1) + 1 >= atol(at);
}

static int fails(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return isOurs(path) && isFull();
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FULL return errno = ENOSPC, -1

ssize_t write(int file, const void *bytes, size_t count) {
  if (fails(file)) FULL;
  return REAL(write)(file, bytes, count);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  if (fails(file)) FULL;
  return REAL(pwrite)(file, bytes, count, offset);
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  if (fails(file)) FULL;
  return REAL(pwrite64)(file, bytes, count, offset);
}
int fsync(int file) {
  if (fails(file)) FULL;
  return REAL(fsync)(file);
}
int fdatasync(int file) {
  if (fails(file)) FULL;
  return REAL(fdatasync)(file);
}
int ftruncate(int file, off_t length) {
  if (fails(file)) FULL;
  return REAL(ftruncate)(file, length);
}
int ftruncate64(int file, off64_t length) {
  if (fails(file)) FULL;
  return REAL(ftruncate64)(file, length);
}
int rename(const char *from, const char *to) {
  if (to && (isOurs(to) || to[0] != '/') && isFull()) FULL;
  return REAL(rename)(from, to);
}
