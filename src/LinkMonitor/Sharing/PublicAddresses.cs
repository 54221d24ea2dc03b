using System.ComponentModel.DataAnnotations;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Sharing;

/// <summary>
/// Makes and opens public addresses. Each has an end, a report's the one that its owner gave it (a client's report keeps it beside), but
/// the feed's, which its owner may give one, an export's, which is revoked by itself, and the unsubscribe address, which must work for as
/// long as mails are kept. Raising a project's generation revokes all that were made for it.
/// </summary>
public sealed class PublicAddresses(ISigningKeyStore keys, IOptions<SharingOptions> options, IServiceProvider services, TimeProvider time)
{
    /// <summary>How long a key that was raised or removed in storage is still believed.</summary>
    internal static readonly TimeSpan KeyAge = TimeSpan.FromMinutes(5);

    // An object, so that it is replaced at once: many threads read it.
    private KnownKey? _known;

    /// <summary>Where this installation is reached from outside; null when nobody has said.</summary>
    public Uri? BaseUrl => options.Value.PublicUrl ?? services.GetService<OwnAddress>()?.Url;

    /// <summary>The addresses to put into messages of a project; <see cref="PublicLinks.None"/> without <see cref="BaseUrl"/>.</summary>
    /// <param name="project">Null for what is of no project, which has none.</param>
    /// <remarks>Also none while the key cannot be read: a message without addresses is better than none.</remarks>
    public async ValueTask<PublicLinks> GetAsync(Project? project, CancellationToken cancellationToken)
    {
        try
        {
            return BaseUrl is { } baseUrl && project is not null
                ? new PublicLinks(baseUrl, await SignerAsync(project, cancellationToken))
                : PublicLinks.None;
        }
        catch (UnreadableRowException)
        {
            return PublicLinks.None;
        }
    }

    /// <summary>Makes tokens of a project.</summary>
    public ValueTask<Func<PublicSubject, string>> SignerAsync(Project project, CancellationToken cancellationToken) =>
        SignerAsync(project, null, cancellationToken);

    /// <summary>Makes tokens of a project that end at a time, or before it.</summary>
    /// <param name="until">Null for the ordinary end of each.</param>
    internal async ValueTask<Func<PublicSubject, string>> SignerAsync(
        Project project, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var key = await KeyAsync(cancellationToken);
        var ordinary = MonthAfter(time.GetUtcNow() + options.Value.PublicLinkLifetime);
        return thing => thing.Project != project.Id
            ? throw new ArgumentException($"{thing.Project} is not {project.Id}, whose addresses are made here.", nameof(thing))
            : new PublicToken(thing, project.PublicGeneration, Earlier(HasOrdinaryEnd(thing.Purpose) ? ordinary : null, until)).Write(key);
    }

    /// <summary>
    /// What a token opens. Null, always alike, when it is no token of ours for this purpose, has ended, was revoked, or its project is
    /// gone.
    /// </summary>
    internal async ValueTask<OpenedAddress?> OpenAsync(string token, PublicPurpose purpose, CancellationToken cancellationToken)
    {
        var key = await KeyAsync(cancellationToken);
        if (PublicToken.Read(token, purpose, key) is not { } read
            || await services.GetRequiredService<IProjectStore>().GetAsync(read.Thing.Project, cancellationToken) is not { } project)
            return null;

        // Those without a generation and an end were made before there were such; they end as if made at the last moment.
        var generation = read.Generation ?? 0;
        var until = read.Generation is null
            ? MonthAfter((key.DatedSince ?? DateTimeOffset.MinValue) + options.Value.PublicLinkLifetime)
            : read.ExpiresAt;
        var isCurrent = generation == project.PublicGeneration && !(until <= time.GetUtcNow());
        return isCurrent || purpose == PublicPurpose.Unsubscribe
            ? new OpenedAddress(project, read.Thing.Id, isCurrent, await SignerAsync(project, until, cancellationToken))
            : null;
    }

    /// <summary>
    /// Whether this installation made a token, whatever it opens and whether or not it is still good. Costs no storage call.
    /// </summary>
    internal static async ValueTask<bool> IsOursAsync(HttpContext context, string token) =>
        PublicToken.IsSigned(token, await context.RequestServices.GetRequiredService<PublicAddresses>().KeyAsync(context.RequestAborted));

    private static bool HasOrdinaryEnd(PublicPurpose purpose) =>
        purpose is not (PublicPurpose.Unsubscribe or PublicPurpose.Feed or PublicPurpose.Report
            or PublicPurpose.ClientReport or PublicPurpose.Export);

    // Tokens made in one month are the same, so that what is made of them (a feed) changes only when there is news.
    private static DateTimeOffset MonthAfter(DateTimeOffset at) =>
        new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private async ValueTask<SigningKey> KeyAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known is { } known && StoredTime.IsWithin(known.ReadAt, KeyAge, now))
            return known.Key;
        var key = await keys.GetAsync(cancellationToken);
        _known = new KnownKey(key, now);
        return key;
    }

    private sealed record KnownKey(SigningKey Key, DateTimeOffset ReadAt);
}

/// <summary>What a public address opened, and how the page it opened leads on.</summary>
/// <param name="Id">The link's, channel's, alert's or report's identity; empty for a feed.</param>
/// <param name="IsCurrent">
/// False only for an unsubscribe address that was revoked or has no generation yet: it still ends the alerts, and does and tells nothing
/// else.
/// </param>
/// <param name="Sign">Makes tokens of the same project that end no later than the opened one: following links does not prolong it.</param>
internal sealed record OpenedAddress(Project Project, string Id, bool IsCurrent, Func<PublicSubject, string> Sign);

/// <summary>
/// Where our own web server listens. Registered only where people may reach us there: the address behind the Functions host is the
/// host's business alone.
/// </summary>
internal sealed class OwnAddress(IServer server)
{
    /// <summary>Null before the server has started, and when it listens at every address of the machine.</summary>
    public Uri? Url =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address
        && Uri.TryCreate(address, UriKind.Absolute, out var url)
        && url.Host is not ("0.0.0.0" or "[::]")
            ? url
            : null;
}

/// <summary>How this installation is reached from outside.</summary>
public sealed class SharingOptions : IValidatableObject
{
    public const string Section = "LinkMonitor";

    /// <summary>
    /// The absolute http or https URL that readers of alerts reach this installation at. Without it a standalone server uses its own
    /// address, and behind the Functions host alerts carry no links to it.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>
    /// How long an address in a message opens its page, and then to the end of the calendar month. 180 days by default: mails are looked up
    /// long after they
    /// came. Feeds have no end unless their owner gives them one; unsubscribing works for ever.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan PublicLinkLifetime { get; set; } = TimeSpan.FromDays(180);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl is null)
            yield break;
        if (PublicUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
            yield return new ValidationResult(
                "use an absolute http or https URL without query, fragment and credentials, for example https://links.example.org.",
                [nameof(PublicUrl)]);
    }
}
