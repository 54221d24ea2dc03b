using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Text;

namespace LinkMonitor.Engine.Reading;

/// <summary>Builds the tree of a page as browsers do with scripting off. Fetches nothing and runs nothing.</summary>
internal static class MarkupParser
{
    private static readonly HtmlParserOptions Options = new()
    {
        IsScripting = false,
        SkipComments = true,
        DisableElementPositionTracking = true,
    };

    /// <summary>The document; null when the markup is beyond the limits of <see cref="NestingLimiter"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IDocument? Parse(string html, CancellationToken cancellationToken)
    {
        var limiter = new NestingLimiter(cancellationToken);
        var document = new HtmlParser(Options).ParseDocument<Document, Element>(new TextSource(html), limiter.Consume);
        return limiter.IsExceeded ? null : document;
    }
}
