//! Merging one value.

/// The result of merging one value.
pub(super) enum Merged<T> {
    Value(T),
    /// Both sides changed it in different ways.
    Conflict,
}

/// The side that changed a value, if only one did or both did the same.
pub(super) fn choose<'v, T: PartialEq + ?Sized>(base: &T, ours: &'v T, theirs: &'v T) -> Merged<&'v T> {
    if ours == theirs || theirs == base {
        Merged::Value(ours)
    } else if ours == base {
        Merged::Value(theirs)
    } else {
        Merged::Conflict
    }
}
