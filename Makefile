# Two commands for a fresh machine: `make demo` and `make test`. Each installs what is missing first.
SHELL := /bin/bash
SWIFT ?= swift
PYTHON ?= python3
PREFIX ?= $(HOME)/.local
JOBS ?= $(shell nproc 2>/dev/null || sysctl -n hw.ncpu)
BUILD := .build/release
OUT ?= demo-out

.PHONY: help setup build demo test lint install clean

help:
	@echo "make demo     the whole flow, offline, on the texts that come with it (into $(OUT)/)"
	@echo "make test     builds everything and runs all tests"
	@echo "make setup    installs system libraries and Python tools (done by the two above)"
	@echo "make build    the program, in release: $(BUILD)/persona-hub"
	@echo "make lint     formatting, warnings as errors, the arrows between rooms"
	@echo "make install  the program and its files into $(PREFIX)"

setup:
	@Scripts/setup

build: setup
	@echo "building persona-hub in release (several minutes the first time)"
	@$(SWIFT) build -c release --product persona-hub

demo: build
	@$(BUILD)/persona-hub demo --out $(OUT)

# One build serves program and tests: the tests reuse what `build` made.
test:
	@Scripts/setup --tests
	@echo "building the program and its tests in release (several minutes the first time)"
	@$(SWIFT) build -c release --build-tests
	@SWIFT="$(SWIFT)" Scripts/run-tests

lint:
	@Scripts/lint

install: build
	@mkdir -p "$(PREFIX)/bin" "$(PREFIX)/share/persona-hub"
	@install -m 755 $(BUILD)/persona-hub "$(PREFIX)/bin/persona-hub"
	@rm -rf "$(PREFIX)/share/persona-hub/persona-hub_PersonaHub.resources"
	@cp -R $(BUILD)/persona-hub_PersonaHub.resources "$(PREFIX)/share/persona-hub/"
	@if [ -d .tools/all-MiniLM-L6-v2 ]; then rm -rf "$(PREFIX)/share/persona-hub/all-MiniLM-L6-v2"; \
		cp -R .tools/all-MiniLM-L6-v2 "$(PREFIX)/share/persona-hub/"; fi
	@echo "installed $(PREFIX)/bin/persona-hub"

clean:
	@rm -rf .build .tools $(OUT)
