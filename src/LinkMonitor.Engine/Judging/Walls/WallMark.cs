namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>One sign that an answer is not the page.</summary>
/// <param name="Value">By <see cref="WallPlace"/>.</param>
/// <param name="Vendor">Who puts it there.</param>
/// <param name="Source">Where this is documented, or one of the words of <see cref="WallSources"/> for marks that nobody documents.</param>
internal sealed record WallMark(WallKind Kind, WallPlace Place, string Value, string Vendor, string Source)
{
    /// <summary>
    /// Ordinary pages of the vendor's customers never carry it, so that it proves a wall by itself on a page with next to no links. Any other mark counts only
    /// when the link is missing and the page is next to empty.
    /// </summary>
    public bool IsProof { get; init; } = true;
}
