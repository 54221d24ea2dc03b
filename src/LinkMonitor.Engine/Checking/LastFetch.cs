using System.Text.Json.Serialization;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Reading.Outlines;

namespace LinkMonitor.Engine.Checking;

/// <summary>What reading a page in full left behind, to ask later whether it has changed since.</summary>
public sealed record LastFetch
{
    /// <summary>For so long a site whose "not modified" proved worthless is not asked for it again.</summary>
    public static readonly TimeSpan Distrust = TimeSpan.FromDays(30);

    /// <summary>When the page was read in full: the time of that observation, and of the evidence it gave.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Null when there is nothing to ask with, or the site is not trusted to answer.</summary>
    public PageValidators? Validators { get; init; }

    /// <summary>A mark of the redirects on the way to the page, and of its own URL.</summary>
    public required string Route { get; init; }

    /// <summary>A mark of the body.</summary>
    public required string Body { get; init; }

    /// <summary>A mark of the rule that keeps Googlebot out; null when none does.</summary>
    public string? GoogleRule { get; init; }

    /// <summary>A mark of each header that a verdict may rest on, by its name in lower case; what is not here was not sent.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The names of headers that no standard has a 304 leave out. A 304 without one of them may come from a server that strips its 304s, so
    /// that what is missing there says nothing. At most <see cref="LastFetchHeaders.MostOthers"/>, in lower case.
    /// </summary>
    public IReadOnlyList<string> OtherHeaders { get; init; } = [];

    /// <summary>Until when the site is not asked; null when there was no reason for that.</summary>
    public DateTimeOffset? DistrustedUntil { get; init; }

    /// <summary>How many times since the site said that the page had not changed.</summary>
    public int Confirmations { get; init; }

    /// <summary>When it said so last; null when it has not.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The same last fetch after the site said once more that nothing has changed.</summary>
    public LastFetch Confirmed(DateTimeOffset at) => this with { Confirmations = Confirmations + 1, ConfirmedAt = at };

    /// <summary>What the next answer is compared with; null when there is nothing to compare with.</summary>
    public PageScan? Scan { get; init; }

    /// <summary>Whether the next fetch may end without a reading: there is something to ask with, or to compare with.</summary>
    [JsonIgnore]
    public bool MayHold => Validators is not null || Scan is { Version: PageOutline.CurrentVersion };

    /// <summary>The same last fetch with nothing to ask or to compare with: the next answer is read in full.</summary>
    public LastFetch ToBeReadInFull() => this with { Validators = null, Scan = null };

    /// <summary>
    /// After an answer that has the same reading: what the next one is asked with and compared with. The site is not asked any more when
    /// it gave the same validators with another body.
    /// </summary>
    internal LastFetch SameAs(LastFetch answer, DateTimeOffset at)
    {
        var isBelied = Validators is not null && Validators == answer.Validators && Body != answer.Body;
        var until = isBelied ? at + Distrust : DistrustedUntil;
        return answer with
        {
            SeenAt = SeenAt,
            Validators = until > at ? null : answer.Validators,
            DistrustedUntil = until,
            Scan = Scan,
            Confirmations = Confirmations,
            ConfirmedAt = ConfirmedAt,
        };
    }

    /// <summary>This fetch in place of an earlier one, without validators when the site's 304 is not to be trusted.</summary>
    /// <param name="before">The fetch before; null for none.</param>
    /// <param name="isDoubtful">The site has just answered in a way that cannot be trusted.</param>
    internal LastFetch After(LastFetch? before, bool isDoubtful)
    {
        // The same version with another content: then "not modified" says nothing of the content.
        var isBelied = before?.Validators is { } validators && validators == Validators && before.Route == Route && before.Body != Body;
        var until = isDoubtful || isBelied ? SeenAt + Distrust : before?.DistrustedUntil;
        return until > SeenAt ? this with { Validators = null, DistrustedUntil = until } : this;
    }
}

/// <summary>What is kept of an answer that was read in full, to find out whether the next one needs to be.</summary>
/// <param name="Version"><see cref="PageOutline.CurrentVersion"/> of the version that made it; another one's never counts.</param>
/// <param name="Cookies">A mark of the names of the cookies that the answer set.</param>
public sealed record PageScan(int Version, string Cookies)
{
    /// <summary>
    /// Null when the page has none, and when nobody has made it yet: it is made of pages whose body has changed before.
    /// </summary>
    public PageOutline? Outline { get; init; }
}
