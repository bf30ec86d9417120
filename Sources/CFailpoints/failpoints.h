#pragma once

// The list of failpoints and of breakages, once. C, because a C enumeration leaves nothing in a program that doesn't use
// it, while Swift keeps a type's names and metadata even when all that uses them is gone.

/// The places at which a test may end or halt the process, in the order in which a record meets them.
#define MILLRACE_EACH_FAILPOINT(point) \
    point(assigned)           /* partitions have come; nothing is restored yet */ \
    point(restore)            /* before a task's snapshot is looked for */ \
    point(replay)             /* a record is learned again, silently */ \
    point(learn)              /* the weights have changed; nothing of the record is sent yet */ \
    point(produce)            /* before a prediction is handed to the producer */ \
    point(journal)            /* before a journal entry is handed to the producer */ \
    point(flush)              /* before waiting for delivery reports */ \
    point(commitOffsets)      /* at-least-once: before the watermark is committed */ \
    point(beginTransaction)   /* before a transaction begins */ \
    point(sendOffsets)        /* before the positions go into the transaction */ \
    point(commitTransaction)  /* before a transaction is committed */ \
    point(committed)          /* a transaction is committed; nobody has been told */ \
    point(abortTransaction)   /* before a transaction is aborted */ \
    point(snapshotCopy)       /* a task's state has been copied at a commit's border */ \
    point(snapshotWrite)      /* before a write to a snapshot's temporary file */ \
    point(fsync)              /* before a snapshot's file or its folder is synchronized */ \
    point(rename)             /* before a snapshot's file gets its final name */ \
    point(chunk)              /* before a chunk of a snapshot goes to its topic */ \
    point(readBack)           /* before a snapshot's chunks are read back from its topic */ \
    point(manifest)           /* before a snapshot's manifest goes to its topic */ \
    point(tombstone)          /* before the tombstones of an older snapshot */ \
    point(mix)                /* before a task's parameters go to the mix topic */ \
    point(revoked)            /* partitions are to be given up; nothing is settled yet */ \
    point(lost)               /* partitions are gone; their tasks still stand */

/// What a test may break on purpose, to see that the checks find it: the Swift name, and the name in the environment.
#define MILLRACE_EACH_BREAKAGE(breakage) \
    breakage(skipRestore, "skip-restore")       /* an abort keeps what the aborted records taught */ \
    breakage(offsetPlusZero, "offset-plus-zero") /* the committed position is the last record, not the next */ \
    breakage(dropJournal, "drop-journal")       /* no journal entry is written */

#define MILLRACE_FAILPOINT_CASE(name) Failpoint_##name,
enum __attribute__((enum_extensibility(closed))) Failpoint : unsigned char {
    MILLRACE_EACH_FAILPOINT(MILLRACE_FAILPOINT_CASE)
};

#define MILLRACE_BREAKAGE_CASE(name, text) Breakage_##name,
enum __attribute__((enum_extensibility(closed))) Breakage : unsigned char {
    MILLRACE_EACH_BREAKAGE(MILLRACE_BREAKAGE_CASE)
};

#define MILLRACE_FAILPOINT_NAME(name) #name,
/// The name of the failpoint with that number; NULL past the last one.
static inline const char *millrace_failpoint_name(unsigned long number) {
    static const char *const names[] = {MILLRACE_EACH_FAILPOINT(MILLRACE_FAILPOINT_NAME)};
    return number < sizeof names / sizeof *names ? names[number] : 0;
}

#define MILLRACE_BREAKAGE_NAME(name, text) text,
/// The name in the environment of the breakage with that number; NULL past the last one.
static inline const char *millrace_breakage_name(unsigned long number) {
    static const char *const names[] = {MILLRACE_EACH_BREAKAGE(MILLRACE_BREAKAGE_NAME)};
    return number < sizeof names / sizeof *names ? names[number] : 0;
}
