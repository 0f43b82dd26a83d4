/// Moves a load away from loads whose results are known: a trial next to a bound or a limit would
/// say little that is new (FD.io CSIT, limit_handler).
struct LoadPlacement: Hashable, Sendable {
    /// Index of the maximum load.
    let last: Int

    /// Returns the load to use instead of `load`; `nil` if there is none between the bounds.
    func place(_ load: Int, width: Int, bounds: RelevantBounds) -> Int? {
        let load = min(max(load, 0), last)
        switch (bounds.lower, bounds.upper) {
        case (nil, nil):
            return adjust(load, width, from: 0, to: last, excluded: (false, false))
        case (nil, let upper?):
            guard upper > 0, load < upper else { return nil }
            return adjust(load, width, from: 0, to: upper, excluded: (false, true))
        case (let lower?, nil):
            guard lower < last, load > lower else { return nil }
            return adjust(load, width, from: lower, to: last, excluded: (true, false))
        case (let lower?, let upper?):
            guard lower < load, load < upper else { return nil }
            return adjust(load, width, from: lower, to: upper, excluded: (true, true))
        }
    }

    private func adjust(
        _ load: Int, _ width: Int, from lower: Int, to upper: Int, excluded: (lower: Bool, upper: Bool)
    ) -> Int? {
        if width >= upper - lower {
            if !excluded.lower { return lower }
            return excluded.upper ? nil : upper
        }
        var least = lower + width
        var most = upper - width
        if least > most {
            least = LoadInterval(lower: lower, upper: upper).middle(target: width)
            most = least
        }
        if load < least { return excluded.lower ? least : lower }
        if load > most { return excluded.upper ? most : upper }
        return load
    }
}
