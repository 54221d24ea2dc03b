using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.Sharing;

/// <summary>
/// What the token of a public address says: what it opens, of which generation of its project, and until when. As text it is readable, with
/// a signature over
/// all of it, its purpose and the key's version: letters, digits, <c>-</c> and <c>_</c> with one dot.
/// </summary>
/// <param name="Generation">Null for a token that was made before tokens had one, and had no end either.</param>
/// <param name="ExpiresAt">To the second; null for never.</param>
internal sealed record PublicToken(PublicSubject Thing, int? Generation, DateTimeOffset? ExpiresAt)
{
    private const int SignatureBytes = 24;
    private const int MaxLength = 400;

    // The end of the year 9999, beyond which .NET knows no time.
    private const long LastSecond = 253_402_300_799;

    private string Content => Generation is { } generation
        ? string.Create(CultureInfo.InvariantCulture, $"{Thing.Project.Value}\n{Thing.Id}\n{generation}\n{ExpiresAt?.ToUnixTimeSeconds()}")
        : $"{Thing.Project.Value}\n{Thing.Id}";

    private string Label => Generation is null ? "public address" : "public address 2";

    public string Write(SigningKey key) =>
        $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Content))}.{Base64Url.EncodeToString(Sign(key))}";

    /// <summary>
    /// What a token says, whether or not it is still good; null when it is cut, altered, of another purpose or of another installation.
    /// </summary>
    public static PublicToken? Read(string token, PublicPurpose purpose, SigningKey key)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (token.Length > MaxLength || dot < 0 || !Base64Url.IsValid(token.AsSpan(0, dot)) || !Base64Url.IsValid(token.AsSpan(dot + 1)))
            return null;

        // Written again and compared whole, so that no second spelling of a token opens anything.
        return Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.AsSpan(0, dot))).Split('\n'), purpose) is { } read
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(read.Write(key)), Encoding.UTF8.GetBytes(token))
                ? read
                : null;
    }

    /// <summary>Whether a token was made here, for any purpose.</summary>
    public static bool IsSigned(string token, SigningKey key) =>
        Enum.GetValues<PublicPurpose>().Any(purpose => Read(token, purpose, key) is not null);

    private static PublicToken? Parse(string[] parts, PublicPurpose purpose) => parts switch
    {
        [var project, var id] => new PublicToken(new PublicSubject(purpose, new ProjectId(project), id), null, null),
        [var project, var id, var generation, ""] when Number(generation) is <= int.MaxValue and var number =>
            new PublicToken(new PublicSubject(purpose, new ProjectId(project), id), (int)number, null),
        [var project, var id, var generation, var end]
            when Number(generation) is <= int.MaxValue and var number && Number(end) is <= LastSecond and var seconds =>
            new PublicToken(
                new PublicSubject(purpose, new ProjectId(project), id), (int)number, DateTimeOffset.FromUnixTimeSeconds(seconds)),
        _ => null,
    };

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private byte[] Sign(SigningKey key) => HMACSHA256.HashData(
        key.Secret.Span,
        Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"{Label}\n{key.Version}\n{WireName.Of(Thing.Purpose)}\n{Content}")))[..SignatureBytes];
}

/// <summary>
/// Addresses that open one thing without an API key, for mails, chats and feed readers. Each ends with a signed token, so that only who was
/// given it can use it. A GET of any of them changes nothing: mail scanners and previews follow every link.
/// </summary>
/// <param name="baseUrl">Where this installation is reached from outside: absolute http or https URL, with or without a slash at the end;
/// null when nobody can, then there are no such addresses.</param>
/// <param name="sign">Makes a URL-safe token of what the address opens; the token gives it back when it is used.</param>
public sealed class PublicLinks(Uri? baseUrl, Func<PublicSubject, string> sign)
{
    /// <summary>For installations that nobody can reach from outside.</summary>
    public static PublicLinks None { get; } = new(null, _ => throw new InvalidOperationException("Without a base URL nothing is signed."));

    /// <summary>Ends the alerts to one channel: asks on GET, does it on POST (https://www.rfc-editor.org/rfc/rfc8058).</summary>
    public Uri? Unsubscribe(ProjectId project, ChannelId channel) =>
        At("unsubscribe", new PublicSubject(PublicPurpose.Unsubscribe, project, channel.Value));

    /// <summary>A link's state, evidence and history, with what can be done about it.</summary>
    public Uri? Link(ProjectId project, LinkId link) => At("links", new PublicSubject(PublicPurpose.Link, project, link.Value));

    /// <summary>Asks for a check of a link at once: asks on GET, does it on POST.</summary>
    public Uri? Recheck(ProjectId project, LinkId link) => At("recheck", new PublicSubject(PublicPurpose.Recheck, project, link.Value));

    /// <summary>Ends the alerts about one link: asks on GET, does it on POST.</summary>
    public Uri? Mute(ProjectId project, LinkId link) => At("mute", new PublicSubject(PublicPurpose.Mute, project, link.Value));

    /// <summary>Everything that an alert reported.</summary>
    public Uri? Alert(ProjectId project, string alertId) => At("alerts", new PublicSubject(PublicPurpose.Alert, project, alertId));

    /// <summary>The RSS feed of a project's changes.</summary>
    public Uri? Feed(ProjectId project) => At("feeds", new PublicSubject(PublicPurpose.Feed, project, string.Empty));

    /// <summary>A report for a client, as one recipient sees it.</summary>
    /// <param name="share">Whose address it is, with its secret.</param>
    public Uri? ClientReport(ProjectId project, string share) =>
        At("client-reports", new PublicSubject(PublicPurpose.ClientReport, project, share));

    /// <summary>A report on paid placements.</summary>
    /// <param name="report">Which one; readable by whoever has the address.</param>
    public Uri? Report(ProjectId project, string report) => At("reports", new PublicSubject(PublicPurpose.Report, project, report));

    /// <summary>An export of a view.</summary>
    /// <param name="secret">See <see cref="Storage.Links.ExportSecrets"/>.</param>
    /// <param name="file">The name of the file, for programs that go by its ending.</param>
    public Uri? Export(ProjectId project, string secret, string file) =>
        At("exports", new PublicSubject(PublicPurpose.Export, project, secret)) is { } folder
            ? new Uri($"{folder.AbsoluteUri}/{file}")
            : null;

    private Uri? At(string path, PublicSubject thing) => baseUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" }
        ? new Uri($"{baseUrl.AbsoluteUri.TrimEnd('/')}/s/{path}/{sign(thing)}")
        : null;
}

/// <summary>What a public address is for; a token for one purpose opens no other.</summary>
public enum PublicPurpose
{
    Unsubscribe,
    Link,
    Recheck,
    Mute,
    Alert,
    Feed,
    Report,
    ClientReport,
    Export,
}

/// <summary>What a public address opens.</summary>
/// <param name="Id">
/// The link's, channel's, alert's or report's identity; the address of a client's report with its secret; an export's secret; empty for a
/// feed.
/// </param>
public sealed record PublicSubject(PublicPurpose Purpose, ProjectId Project, string Id);
