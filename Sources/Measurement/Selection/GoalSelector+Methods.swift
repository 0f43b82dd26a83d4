extension GoalSelector {
    /// Returns the trial of the first method that has one.
    mutating func nomination(shared: Int) -> Nomination? {
        if let nomination = halved() { return nomination }
        if let nomination = refined(initial.lower, .refineLower) { return nomination }
        if let nomination = refined(initial.upper, .refineUpper) { return nomination }
        if let nomination = extended(shared: shared) { return nomination }
        return bisected(shared: shared)
    }

    private func nomination(_ load: Int, width: Int, _ method: Nomination.Method) -> Nomination {
        Nomination(load: load, duration: target.trialDuration, width: width, method: method)
    }

    /// The middle of the coarser target's bounds, if these are nearly close enough.
    private mutating func halved() -> Nomination? {
        guard let lower = initial.lower, let upper = initial.upper else { return nil }
        let interval = LoadInterval(lower: lower, upper: upper)
        guard interval.width > target.width, interval.width <= 2 * target.width else { return nil }
        let load = interval.middle(target: target.width)
        guard isWorth(load) else { return nil }
        expander.limit(target.width)
        return nomination(load, width: target.width, .halve)
    }

    /// A bound of the coarser target again.
    private mutating func refined(_ load: Int?, _ method: Nomination.Method) -> Nomination? {
        guard let load, isWorth(load) else { return nil }
        expander.limit(target.width)
        return nomination(load, width: target.width, method)
    }

    /// A load beyond the only bound, to find the other one.
    private mutating func extended(shared: Int) -> Nomination? {
        let step = max(expander.next, shared)
        let start: Int
        let isDown: Bool
        switch (bounds.lower, bounds.upper) {
        case (nil, let upper?):
            start = upper - step
            isDown = true
        case (let lower?, nil):
            start = lower + step
            isDown = false
        default: return nil
        }
        guard let load = placement.place(start, width: target.width, bounds: bounds), isWorth(load) else { return nil }
        expandsOn = isDown ? .upperBound : .lowerBound
        return nomination(load, width: step, isDown ? .extendDown : .extendUp)
    }

    /// A load between the bounds: the middle, or a load nearer to a bound of the coarser target if
    /// that one is at a distance from the middle.
    private mutating func bisected(shared: Int) -> Nomination? {
        guard let lower = bounds.lower, let upper = bounds.upper, upper - lower > target.width else { return nil }
        let middle = LoadInterval(lower: lower, upper: upper).middle(target: target.width)
        let step = max(expander.next, shared)
        if let near = initial.upper, middle < near,
            let load = placement.place(upper - step, width: target.width, bounds: bounds), load > middle, load < near
        {
            expandsOn = .upperBound
            return nomination(load, width: step, .extendDown)
        }
        if let near = initial.lower, middle > near,
            let load = placement.place(lower + step, width: target.width, bounds: bounds), load < middle, load > near
        {
            expandsOn = .lowerBound
            return nomination(load, width: step, .extendUp)
        }
        expandsOn = nil
        let width = min(middle - lower, upper - middle)
        expander.limit(width)
        return nomination(middle, width: width, .bisect)
    }
}
