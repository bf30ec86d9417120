# Everything that a user or a contributor runs. `make demo` and `make test` do all of their own set-up.
SHELL := /bin/bash
FLAGS := -c release --explicit-target-dependency-import-check error
BINARY = .build/release/millrace
SOURCES := Package.swift Sources Tests
# Suites that wait for brokers, servers and processes: after the fast ones, and one test after the other in each group. They
# wait most of the time, so the two groups run side by side.
BROKER_SUITES := KafkaClientTests|StreamServiceTests|ServingTests
PROCESS_SUITES := EndToEndTests

# The program once more, with the places at which the kill tests end it. The other tests run the program that ships.
FAILPOINTS := .build-failpoints

.PHONY: help demo test build failpoints sweep lint format docs bench clean dependencies test-dependencies

help:
	@echo 'make demo     set up, build, and run the whole pipeline on an embedded broker'
	@echo 'make test     set up, build, and run all tests'
	@echo 'make build    build the millrace executable (release)'
	@echo 'make failpoints  build it with the places at which the kill tests end it'
	@echo 'make sweep    kill the stream at random, KILLS=200 times; rebalance it, REBALANCES=50 times; from SEED=…'
	@echo 'make lint     check the format;  make format  mends it'
	@echo 'make docs     write the generated pages again'
	@echo 'make bench    measure the engine'
	@echo 'make clean    remove what was built'

dependencies:
	@Deploy/install-dependencies.sh

test-dependencies:
	@Deploy/install-dependencies.sh --tests

build: dependencies
	swift build $(FLAGS) --product millrace

failpoints: dependencies
	MILLRACE_FAILPOINTS=1 swift build $(FLAGS) --scratch-path $(FAILPOINTS) --product millrace

demo: build
	@$(BINARY) demo

# One configuration for the program and its tests: what is tested is what runs.
test: test-dependencies lint failpoints
	swift build $(FLAGS) --build-tests
	swift test $(FLAGS) --skip-build --skip '$(BROKER_SUITES)|$(PROCESS_SUITES)'
	@swift test $(FLAGS) --skip-build --ignore-lock --no-parallel --filter '$(PROCESS_SUITES)' > .build/processes.log 2>&1 & \
	processes=$$!; status=0; \
	swift test $(FLAGS) --skip-build --ignore-lock --no-parallel --filter '$(BROKER_SUITES)' || status=$$?; \
	wait $$processes || status=$$?; cat .build/processes.log; exit $$status

# The long sweep: so many kills and rebalances under either promise, from a seed that makes the same choices again.
KILLS ?= 200
REBALANCES ?= 50
SEED ?= $(shell echo $$RANDOM)
sweep: test-dependencies failpoints
	swift build $(FLAGS) --build-tests
	MILLRACE_SWEEP_KILLS=$(KILLS) MILLRACE_SWEEP_REBALANCES=$(REBALANCES) MILLRACE_SWEEP_SEED=$(SEED) \
	    swift test $(FLAGS) --skip-build --no-parallel --filter 'KillSweepTests|RebalanceTests'

lint:
	swift format lint --strict --parallel --recursive $(SOURCES)

format:
	swift format --in-place --parallel --recursive $(SOURCES)

docs: build
	$(BINARY) docs configuration > Docs/Configuration.md

bench: build
	$(BINARY) bench engine

clean:
	rm -rf .build $(FAILPOINTS)
