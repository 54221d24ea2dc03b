using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Links;

/// <summary>A stored transition of a link's state, with its evidence. Alerts come only from changes.</summary>
public sealed record LinkChange
{
    /// <summary><c>chg_</c> and 26 base-32 characters. Goes out as the event id on every channel.</summary>
    public required string Id { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required LinkId LinkId { get; init; }

    public required WebUrl Page { get; init; }

    public required WebUrl Target { get; init; }

    public required LinkTransition Transition { get; init; }

    /// <summary>It would have been told, but was not on its own: the link was unstable.</summary>
    public bool Held { get; init; }

    /// <summary>The trace of the check that found it, as a W3C <c>traceparent</c>; null when nobody recorded one.</summary>
    public string? Trace { get; init; }

    /// <summary>The place in the outbox that it has, or had if it was ever to be told.</summary>
    public string OutboxKey => LinkKeys.Outbox(Transition.At, Id);
}
