using System.Runtime.CompilerServices;
using Azure;

namespace LinkMonitor.Storage.Tables;

/// <summary>Pages fetched one after the other as they are asked for. A page may be empty and still not be the last.</summary>
internal sealed class PagedQuery<T>(
    Func<ContinuationToken?, int?, CancellationToken, Task<Page<T>>> fetch, int? maxPerPage, CancellationToken cancellationToken)
    : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    /// <summary>The most the service gives in one page.</summary>
    public const int LargestPage = 1000;

    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        // Parsed here and not in the iterator, so that a foreign cursor fails where it is handed in.
        var start = string.IsNullOrEmpty(continuationToken) ? null : ContinuationToken.Parse(continuationToken);
        return PagesAsync(start, Checked(pageSizeHint) ?? maxPerPage, CancellationToken);
    }

    /// <exception cref="ArgumentOutOfRangeException">Not within 1 to 1,000.</exception>
    public static int? Checked(int? maxPerPage) =>
        maxPerPage is null or (>= 1 and <= LargestPage)
            ? maxPerPage
            : throw new ArgumentOutOfRangeException(nameof(maxPerPage), maxPerPage, $"A page holds 1 to {LargestPage} items.");

    private async IAsyncEnumerable<Page<T>> PagesAsync(
        ContinuationToken? token, int? size, [EnumeratorCancellation] CancellationToken stop)
    {
        while (true)
        {
            var page = await fetch(token, size, stop);
            yield return page;
            if (page.ContinuationToken is null)
                yield break;
            token = ContinuationToken.Parse(page.ContinuationToken);
        }
    }
}
