using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Exports;

/// <summary>What a line of a disavow file is about.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(WireNameJsonConverter<DisavowScope>))]
public enum DisavowScope
{
    /// <summary>A whole domain with its subdomains.</summary>
    Domain,

    /// <summary>One page.</summary>
    Url,
}

/// <summary>Why a link that was chosen is not in the file.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(WireNameJsonConverter<DisavowLeft>))]
public enum DisavowLeft
{
    /// <summary>It does not have the tag <c>unwanted</c>, so it is watched because it is wanted.</summary>
    Wanted,

    /// <summary>Another link of the project, which is wanted, is on its domain.</summary>
    SharesDomain,

    /// <summary>Google takes no URL of more than 2,048 characters.</summary>
    TooLong,
}

/// <summary>A link that was chosen and is not in the file.</summary>
public sealed record LeftLink(string Page, DisavowLeft Why);

/// <summary>
/// The links that Google is asked to ignore, in its format: UTF-8, a URL or <c>domain:</c> a line, comments behind <c>#</c>, at most
/// 100,000 lines and 2 MB (https://support.google.com/webmasters/answer/2648487). Links are watched because they are wanted: only those
/// with the tag <c>unwanted</c> are in it, and no domain that a wanted link is on.
/// </summary>
/// <param name="Lines">Each once, in order.</param>
/// <param name="Left">The links that were chosen and are not in it.</param>
internal sealed record DisavowFile(IReadOnlyList<string> Lines, IReadOnlyList<LeftLink> Left)
{
    public const string Tag = "unwanted";
    public const int MaxLines = 100_000;
    public const int MaxBytes = 2 * 1024 * 1024;

    private const int MaxUrl = 2_048;
    private const int HeadLines = 4;
    private const int HeadText = 300;

    /// <summary>
    /// How many links of the project cannot be read: whether they are unwanted, or wanted and on one of these domains, nobody can tell.
    /// </summary>
    public int Unreadable { get; init; }

    /// <summary>It is larger than Google takes.</summary>
    public bool IsTooLarge =>
        Lines.Count + HeadLines > MaxLines || Lines.Sum(line => (long)Encoding.UTF8.GetByteCount(line) + 1) > MaxBytes - (4 * 1024);

    /// <param name="chosen">What a filter finds.</param>
    /// <param name="all">All links of the project.</param>
    /// <param name="withWanted">Also links without the tag: somebody has chosen them on purpose.</param>
    public static DisavowFile Of(IReadOnlyList<LinkFacts> chosen, IReadOnlyList<LinkFacts> all, DisavowScope scope, bool withWanted)
    {
        var given = withWanted ? chosen.Select(link => link.Id).ToHashSet() : [];
        var wanted = DomainsOf(all.Where(link => !IsUnwanted(link) && !given.Contains(link.Id)));
        var (lines, left) = (new SortedSet<string>(StringComparer.Ordinal), new List<LeftLink>());
        foreach (var link in chosen)
        {
            DisavowLeft? why = !withWanted && !IsUnwanted(link) ? DisavowLeft.Wanted
                : scope == DisavowScope.Domain && wanted.Contains(link.Host) ? DisavowLeft.SharesDomain
                : scope == DisavowScope.Url && link.Page.Length > MaxUrl ? DisavowLeft.TooLong
                : null;
            if (why is { } reason)
                left.Add(new LeftLink(link.Page, reason));
            else
                lines.Add(scope == DisavowScope.Domain && link.Host.Length > 0 ? $"domain:{link.Host}" : link.Page);
        }

        return new DisavowFile([.. lines], left);
    }

    /// <param name="by">Who made it.</param>
    public byte[] Write(string project, string by, string filter, DateTimeOffset now) => Encoding.UTF8.GetBytes(string.Join('\n', [
        string.Create(CultureInfo.InvariantCulture, $"# Made with LinkMonitor for {One(project)} by {One(by)} on {now:yyyy-MM-dd}"),
        $"# Links: {One(filter)}",
        "# Google ignores these links when it is told to. Upload it only if you are sure.",
        .. Unreadable == 0 ? Array.Empty<string>() : [$"# {Unread}"],
        .. Lines, string.Empty,
    ]));

    private string Unread => CountText.Of(
        Unreadable,
        "link of the project cannot be read where it is stored: it may be missing here, or be a wanted one on a domain below.",
        "links of the project cannot be read where they are stored: they may be missing here, or be wanted ones on domains below.");

    private static string One(string text) => WebText.Cut(text, HeadText);

    private static bool IsUnwanted(LinkFacts link) => link.Tags.Contains(Tag, StringComparer.OrdinalIgnoreCase);

    // A domain stands for its subdomains, so a wanted link keeps all domains above its host out.
    private static HashSet<string> DomainsOf(IEnumerable<LinkFacts> links)
    {
        var domains = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in links)
            for (var host = link.Host; host.Length > 0 && domains.Add(host);)
                host = host.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? host[(dot + 1)..] : string.Empty;
        return domains;
    }
}
