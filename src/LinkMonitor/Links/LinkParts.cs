using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

/// <summary>What may be edited of a link, as given in a request. A part that is null was not given.</summary>
internal sealed record LinkParts
{
    public Expected<RelQualifiers>? Rel { get; init; }

    public Expected<string>? Anchor { get; init; }

    public Expected<Placement>? Placement { get; init; }

    public Expected<bool>? Indexable { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? Note { get; init; }

    public bool? Muted { get; init; }

    public DateTimeOffset? MutedUntil { get; init; }

    public TermsParts? Terms { get; init; }

    /// <summary>A stored link with every given part set.</summary>
    public WatchedLink ApplyTo(WatchedLink link) => ApplyMuteTo(link) with
    {
        Expectation = ApplyTo(link.Expectation),
        Tags = Tags is null || Tags.SequenceEqual(link.Tags) ? link.Tags : Tags,
        Note = Note ?? link.Note,
        Terms = Terms is { } terms ? terms.ApplyTo(link.Terms) : link.Terms,
    };

    // Muted without a time is for ever, also when it was muted for a while before: a time that is over would silently undo it.
    private WatchedLink ApplyMuteTo(WatchedLink link) => (Muted, MutedUntil) switch
    {
        (null, null) => link,
        (false, _) => link with { Muted = false, MutedUntil = null },
        (_, var until) => link with { Muted = true, MutedUntil = until },
    };

    public Expectation ApplyTo(Expectation expectation) => expectation with
    {
        Rel = Rel ?? expectation.Rel,
        Anchor = Anchor ?? expectation.Anchor,
        Placement = Placement ?? expectation.Placement,
        Indexable = Indexable ?? expectation.Indexable,
    };
}
