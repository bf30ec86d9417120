@_exported public import CFailpoints

// Compiled with FAILPOINTS (see the Makefile), the environment says where the process ends:
//
//   MILLRACE_FAILPOINT=learn:3          SIGKILL at the third hit of `learn`
//   MILLRACE_FAILPOINT=flush:1:pause    SIGSTOP at the first hit of `flush`
//   MILLRACE_FAILPOINT=random:42:1/500  SIGKILL with that chance at each hit of any point, from that seed
//   MILLRACE_FAILPOINT=restore:2:pause,lost:1   one after the other
//   MILLRACE_BREAK=skip-restore         breaks what is named, so that a check can be seen to fail
//
// Without it, nothing of this is in the program: no code, no symbol, no name.

#if FAILPOINTS
    /// Ends or halts the process here if the environment asks for it.
    package func failpoint(_ point: Failpoint) { for one in FailpointPlan.armed { one.hit(point) } }

    /// Whether the environment asks for this to be broken.
    package func isBroken(_ breakage: Breakage) -> Bool { FailpointPlan.broken == breakage }
#else
    /// Does nothing.
    @_alwaysEmitIntoClient @inline(__always) package func failpoint(_ point: Failpoint) {}

    /// Nothing is.
    @_alwaysEmitIntoClient @inline(__always) package func isBroken(_ breakage: Breakage) -> Bool { false }
#endif
