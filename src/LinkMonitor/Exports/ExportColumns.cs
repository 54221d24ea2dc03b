using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Exports;

/// <summary>
/// The columns of an export as a table. They are stable: new ones come at the end, and none changes its name or meaning (docs/exports.md).
/// </summary>
internal static class ExportColumns
{
    private static readonly Dictionary<string, Func<WatchedLink, DateTimeOffset, object?>> Values = new(StringComparer.Ordinal)
    {
        ["page"] = (link, _) => link.Page.Href,
        ["target"] = (link, _) => link.Expectation.Target.Href,
        ["match"] = (link, _) => WireName.Of(link.Expectation.Match),
        ["type"] = (link, _) => link.Type,
        ["rel"] = (link, _) => Given(link, ExpectationParts.Rel, RelText.Write(link.Expectation.Rel)),
        ["anchor"] = (link, _) => Given(link, ExpectationParts.Anchor, link.Expectation.Anchor),
        ["placement"] = (link, _) => Given(link, ExpectationParts.Placement, link.Expectation.Placement) is Placement placement
            ? WireName.Of(placement) : null,
        ["indexable"] = (link, _) => Given(link, ExpectationParts.Indexable, link.Expectation.Indexable),
        ["ignore"] = (link, _) => ExportedFile.Join(Ignored(link)),
        ["tags"] = (link, _) => ExportedFile.Join(link.Tags),
        ["note"] = (link, _) => link.Note,
        ["muted"] = (link, now) => link.IsMutedAt(now),
        ["mutedUntil"] = (link, now) => link.IsMutedAt(now) ? link.MutedUntil : null,
        ["vendor"] = (link, _) => link.Terms?.Vendor,
        ["cost"] = (link, _) => link.Terms?.Cost,
        ["currency"] = (link, _) => link.Terms?.Currency,
        ["costPeriod"] = (link, _) => link.Terms is { Cost: not null } terms ? WireName.Of(terms.CostPeriod) : null,
        ["start"] = (link, _) => link.Terms?.Start,
        ["end"] = (link, _) => link.Terms?.End,
        ["contact"] = (link, _) => link.Terms?.Contact,
        ["invoice"] = (link, _) => link.Terms?.Invoice,
        ["state"] = (link, _) => WireName.Of(link.Status.State),
        ["reasons"] = (link, _) => string.Join(", ", link.Status.Reasons.Select(reason => WireName.Of(reason.Code))),
        ["since"] = (link, _) => link.Status.Since,
        ["observation"] = (link, _) => link.Status.LastOutcome is { } outcome ? WireName.Of(outcome) : null,
        ["lastCheckedAt"] = (link, _) => link.Status.LastCheckedAt,
        ["lastSeenAt"] = (link, _) => link.Status.LastSeenAt,
        ["foundRel"] = (link, _) => LinkFacts.Of(link).FoundRel is { } rel ? RelText.Write(rel) : null,
        ["foundAnchor"] = (link, _) => LinkFacts.Of(link).FoundAnchor,
        ["caseId"] = (link, _) => link.CaseId,
        ["importId"] = (link, _) => link.ImportId,
        ["linkId"] = (link, _) => link.Id.Value,
        ["createdAt"] = (link, _) => link.CreatedAt,
    };

    /// <summary>Their names, in the order of the file.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ExportedFile.Given.Select(column => column.Name), .. ExportedFile.Found];

    private static readonly Func<WatchedLink, DateTimeOffset, object?>[] InOrder = [.. Names.Select(name => Values[name])];

    /// <summary>
    /// A value for each column: a text without NUL, a <see cref="DateOnly"/>, a <see cref="DateTimeOffset"/>, a number, a truth value, or
    /// null for an empty cell.
    /// </summary>
    /// <param name="now">Whether a muting is over.</param>
    public static IEnumerable<object?> Of(WatchedLink link, DateTimeOffset now) => InOrder.Select(value => value(link, now) switch
    {
        "" => null,
        string text => text.Replace("\0", string.Empty, StringComparison.Ordinal),
        var other => other,
    });

    // What the type filled in, the type fills in again.
    private static string? Given(WatchedLink link, ExpectationParts part, string? value) => link.TypeParts.HasFlag(part) ? null : value;

    private static object? Given<T>(WatchedLink link, ExpectationParts part, Expected<T> expected)
        where T : notnull =>
        link.TypeParts.HasFlag(part) || expected.Kind != ExpectedKind.Exactly ? null : expected.Value;

    // A rel that is ignored is "any", as everywhere.
    private static IEnumerable<string> Ignored(WatchedLink link)
    {
        var expectation = link.Expectation;
        (string Name, ExpectationParts Part, ExpectedKind Kind)[] parts =
        [
            ("anchor", ExpectationParts.Anchor, expectation.Anchor.Kind),
            ("placement", ExpectationParts.Placement, expectation.Placement.Kind),
            ("indexable", ExpectationParts.Indexable, expectation.Indexable.Kind),
        ];
        return parts.Where(part => part.Kind == ExpectedKind.Any && !link.TypeParts.HasFlag(part.Part)).Select(part => part.Name);
    }
}
