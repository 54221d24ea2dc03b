using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Answers;

/// <summary>Takes documents that people hand over: finds the links they speak of, has each judged, and keeps what was found.</summary>
internal sealed class PageHandOver(ILinkStore links, AnswerBook book, TimeProvider time)
{
    /// <summary>The most links of one page that are judged at once.</summary>
    public const int MostLinks = 100;

    /// <summary>When no further link is judged: a large document with many links takes its time for each.</summary>
    internal static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The links of a project that wait for a person and whose page is at an address, or was found there when it was last seen: at most
    /// <see cref="MostLinks"/>, those first for which no document waits for an answer.
    /// </summary>
    public async Task<IReadOnlyList<WatchedLink>> FindAsync(ProjectId project, WebUrl url, CancellationToken cancellationToken)
    {
        var (key, now) = (UrlKeys.TargetKey(url), time.GetUtcNow());
        List<WatchedLink> found = [], again = [];
        await foreach (var link in links.ReadAllAsync(project, new LinkFilter { Seen = false }, cancellationToken))
        {
            if (link.NeedsHumanAt(now) && IsAt(link, key))
                (link.WaitingPage() is null ? found : again).Add(link);
            if (found.Count == MostLinks)
                break;
        }

        return [.. found.Concat(again).Take(MostLinks)];
    }

    /// <summary>Whether a link's page is at an address, or was found there when it was last seen.</summary>
    public static bool IsAt(WatchedLink link, WebUrl url) => IsAt(link, UrlKeys.TargetKey(url));

    /// <summary>Judges links on a document and keeps what was found with each.</summary>
    /// <returns>What came of each, in their order; fewer, but at least one, when <see cref="Budget"/> is used up.</returns>
    public async Task<IReadOnlyList<AnswerResult>> TakeAsync(
        IReadOnlyList<WatchedLink> found, HandedText handed, Author by, CancellationToken cancellationToken)
    {
        var results = new List<AnswerResult>();
        if (found.Count == 0)
            return results;
        var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
        var document = new HandedDocument
        {
            Page = found[0].Page,
            Url = handed.Url,
            Html = handed.Html,
            IsText = handed.IsText,
            At = at,
        };
        var seen = HandedPageJudge.Read(document, cancellationToken);
        foreach (var link in found)
        {
            var ofLink = seen with { Page = link.Page };
            var finding = await HandedPageJudge.JudgeAsync(ofLink, link.Expectation, link.Status, cancellationToken);
            var page = new HandedPage
            {
                By = by,
                At = at,
                Url = handed.Url.Href,
                Way = handed.Way,
                State = finding.State,
                Reasons = finding.Reasons,
                Evidence = finding.Evidence,
            };
            results.Add(await book.KeepAsync(link.ProjectId, link.Id, page, cancellationToken));
            if (time.GetElapsedTime(started) >= Budget)
                break;
        }

        return results;
    }

    private static bool IsAt(WatchedLink link, string key) =>
        UrlKeys.TargetKey(link.Page) == key
        || (link.Status.Known?.FinalUrl is { } last && WebUrl.TryParse(last, out var url) && UrlKeys.TargetKey(url) == key);
}

/// <summary>A document as somebody handed it over.</summary>
/// <param name="Url">Where the browser was.</param>
/// <param name="Html">At most <see cref="HandedDocument.MaxBytes"/>.</param>
/// <param name="IsText">It is UTF-8, whatever it says itself.</param>
internal sealed record HandedText(WebUrl Url, ReadOnlyMemory<byte> Html, bool IsText, HandOverWay Way);
