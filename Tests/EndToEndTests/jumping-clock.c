// Loaded before the C library, this lets the wall clock jump an hour back, and forth again, at every eighth reading. The
// monotonic clock goes on as it does.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <sys/time.h>
#include <time.h>

static atomic_long readings;

static time_t jump(void) { return (atomic_fetch_add(&readings, 1) / 8) % 2 ? 3600 : 0; }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = REAL(clock_gettime)(clock, now);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec -= jump();
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  int result = REAL(gettimeofday)(now, zone);
  if (result == 0) now->tv_sec -= jump();
  return result;
}

time_t time(time_t *place) {
  time_t now = REAL(time)(0) - jump();
  if (place) *place = now;
  return now;
}
