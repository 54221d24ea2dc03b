using LinkMonitor.Auditing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;

namespace LinkMonitor.Links;

/// <summary>What may be edited of a link, as given in a request. A part that is null was not given.</summary>
internal sealed record LinkParts
{
    /// <summary>Those of the project.</summary>
    public required ProjectTypes Types { get; init; }

    /// <summary>The key of one of them.</summary>
    public string? Type { get; init; }

    public Expected<RelQualifiers>? Rel { get; init; }

    public Expected<string>? Anchor { get; init; }

    public Expected<Placement>? Placement { get; init; }

    public Expected<bool>? Indexable { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? Note { get; init; }

    public bool? Muted { get; init; }

    public DateTimeOffset? MutedUntil { get; init; }

    public TermsParts? Terms { get; init; }

    /// <summary>A stored link with every given part set, and with what its type says of those that nobody gave.</summary>
    public WatchedLink ApplyTo(WatchedLink link) => LinkTyping.Apply(Given(ApplyMuteTo(link)), Types);

    private WatchedLink Given(WatchedLink link) => link with
    {
        Type = Type ?? link.Type,
        Expectation = ApplyTo(link.Expectation),
        TypeParts = link.TypeParts & ~GivenParts,
        Tags = Tags is null || Tags.SequenceEqual(link.Tags) ? link.Tags : Tags,
        Note = Note ?? link.Note,
        Terms = Terms is { } terms ? terms.ApplyTo(link.Terms) : link.Terms,
        Status = (link.Status.RetypedParts & GivenParts) == ExpectationParts.None
            ? link.Status
            : link.Status with { RetypedParts = link.Status.RetypedParts & ~GivenParts },
    };

    private ExpectationParts GivenParts =>
        (Rel is null ? 0 : ExpectationParts.Rel) | (Anchor is null ? 0 : ExpectationParts.Anchor)
        | (Placement is null ? 0 : ExpectationParts.Placement) | (Indexable is null ? 0 : ExpectationParts.Indexable);

    // Muted without a time is for ever, also when it was muted for a while before: a time that is over would silently undo it.
    private WatchedLink ApplyMuteTo(WatchedLink link) => (Muted, MutedUntil) switch
    {
        (null, null) => link,
        (false, _) => link with { Muted = false, MutedUntil = null, MuteAct = null },
        (_, var until) => link with { Muted = true, MutedUntil = until, MuteAct = null },
    };

    public Expectation ApplyTo(Expectation expectation) => expectation with
    {
        Rel = Rel ?? expectation.Rel,
        Anchor = Anchor ?? expectation.Anchor,
        Placement = Placement ?? expectation.Placement,
        Indexable = Indexable ?? expectation.Indexable,
    };
}

/// <summary>The answer to an array of links: an item for an item, in the same order.</summary>
public sealed record LinkBatchResult
{
    public required int Created { get; init; }

    public required int Updated { get; init; }

    public required int Unchanged { get; init; }

    public required int Invalid { get; init; }

    public required IReadOnlyList<LinkItemResult> Results { get; init; }

    internal static LinkBatchResult Of(IReadOnlyList<LinkItemResult> results) => new()
    {
        Created = Count(results, RegistrationOutcome.Created),
        Updated = Count(results, RegistrationOutcome.Updated),
        Unchanged = Count(results, RegistrationOutcome.Unchanged),
        Invalid = Count(results, RegistrationOutcome.Invalid),
        Results = results,
    };

    /// <summary>What the audit log says of it; null when nothing changed.</summary>
    internal AuditNote? Note() => Created + Updated == 0
        ? null
        : new AuditNote($"Registered {CountText.Of(Created, "link")} and changed {Updated}", null);

    private static int Count(IEnumerable<LinkItemResult> results, string outcome) => results.Count(result => result.Outcome == outcome);
}

/// <summary>What became of one item of a batch.</summary>
public sealed record LinkItemResult
{
    /// <summary>The item's place in the request, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>201 created, 200 there already, 400 not valid, 503 there already, but its stored row cannot be read.</summary>
    public required int Status { get; init; }

    /// <summary><c>created</c>, <c>updated</c>, <c>unchanged</c> or <c>invalid</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Set unless the item is not valid.</summary>
    public LinkView? Link { get; init; }

    /// <summary>The same as it is stored.</summary>
    internal WatchedLink? Stored { get; init; }

    /// <summary>What a link that was updated was before.</summary>
    internal WatchedLink? Was { get; init; }

    /// <summary>Set when the item is not valid.</summary>
    public HttpValidationProblemDetails? Problem { get; init; }

    /// <summary>What the audit log says of it; null when nothing changed.</summary>
    internal AuditNote? Note() => Outcome switch
    {
        RegistrationOutcome.Created => new AuditNote($"Registered the link on {Link!.Page} to {Link.Target}", Link.Id),
        RegistrationOutcome.Updated => LinkView.Difference(Was!, Stored!).Note($"of the link on {Stored!.Page}", Stored.Id.Value),
        _ => null,
    };
}

/// <summary>The words for what became of a registered link.</summary>
internal static class RegistrationOutcome
{
    public const string Created = "created";
    public const string Updated = "updated";
    public const string Unchanged = "unchanged";
    public const string Invalid = "invalid";
}
