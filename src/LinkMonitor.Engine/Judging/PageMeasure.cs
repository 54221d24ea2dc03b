using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Judging;

/// <summary>How much stands on a page.</summary>
/// <param name="TextLength">Of the text a reader sees, in characters.</param>
/// <param name="LinkCount">Of all its links.</param>
public sealed record PageMeasure(int TextLength, int LinkCount)
{
    public static PageMeasure Of(PageReading page) => new(page.Text.Length, page.Links.Count);
}
