using System.Diagnostics.CodeAnalysis;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.CommandLine.Rows;

/// <summary>One link of a file.</summary>
internal sealed record LinkRow(RowText Text, WebUrl Page, Expectation Expectation)
{
    /// <param name="error">What is wrong with the row.</param>
    public static bool TryRead(RowText text, [NotNullWhen(true)] out LinkRow? row, [NotNullWhen(false)] out string? error)
    {
        row = null;
        if (!ExpectationText.TryReadUrl("page", text.Page, out var page, out error)
            || !ExpectationText.TryRead(text.Target, text.Match, text.Rel, text.Anchor, out var expectation, out error))
            return false;
        row = new LinkRow(text, page, expectation);
        return true;
    }
}
