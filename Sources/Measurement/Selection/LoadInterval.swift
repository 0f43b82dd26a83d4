/// Two loads by their indices in the grid.
struct LoadInterval: Hashable, Sendable {
    let lower: Int
    let upper: Int

    /// Steps between the loads.
    var width: Int { upper - lower }

    /// Returns the load at which to split an interval that is wider than `target`, in steps. One
    /// part is `target` times a power of two, because such a part can be halved down to the target;
    /// the lower part is the smaller one.
    func middle(target: Int) -> Int {
        if width == 2 * target { return lower + target }
        if width < 2 * target {
            return target % 2 == 0 ? middle(target: target / 2) : lower + width / 2
        }
        var part = target
        while width - 2 * part > 2 * part { part *= 2 }
        let rest = width - part
        let double = 2 * part
        // Of the power of two below the half and the one above, what splits more evenly.
        let below = (small: part, large: rest)
        let above = (small: width - double, large: double)
        return lower + (above.small > below.small ? above.small : below.small)
    }
}
