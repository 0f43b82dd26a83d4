/// What the numbers mean: RFC 9971 obliges a report to state it.
enum MethodNotes {
    static let lines = [
        """
        Loads and bounds are packets per second for each interface. "All directions" is that number times the \
        number of directions.
        """,
        """
        The bounds are the Relevant Lower Bound and the Relevant Upper Bound of RFC 9971. A regular result has \
        both, not wider apart than the goal's width, which is their difference divided by the upper bound.
        """,
        """
        The conditional throughput is the forwarding rate at the lower bound (RFC 9971, appendix B). The maximum \
        receive rate is what returns at the maximum load.
        """,
        """
        The effective duration of a trial is the intended one. Waiting times are not part of it. Unlike RFC 2544, \
        counters are read when no frame arrives any more, at most 2 s after the traffic.
        """,
        """
        A trial is invalid, repeated and not used if the generator did not send the load or dropped frames, if a \
        link, process or the host changed, or if late, duplicated, reordered or foreign frames exceed their limits. \
        Duplicates are not counted as received.
        """,
        "Frame sizes include the CRC. L1 is the rate on the wire with 20 bytes of preamble and gap a frame, L2 "
            + "that of the frames.",
    ]
}
