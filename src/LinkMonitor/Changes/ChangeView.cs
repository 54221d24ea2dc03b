using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Changes;

/// <summary>A change as the API shows it, with its proof.</summary>
public sealed record ChangeView
{
    /// <summary>The event id: the same on every channel.</summary>
    public required string Id { get; init; }

    public required string LinkId { get; init; }

    public required string Page { get; init; }

    public required string Target { get; init; }

    public required LinkState From { get; init; }

    public required LinkState To { get; init; }

    public required IReadOnlyList<Reason> ReasonsBefore { get; init; }

    public required IReadOnlyList<Reason> ReasonsAfter { get; init; }

    /// <summary>The first observation that said so.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The observation that confirmed it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Null at the first observation.</summary>
    public required Evidence? Before { get; init; }

    public required Evidence After { get; init; }

    /// <summary>Another page that carries the link, to watch instead of this one; null when none was found.</summary>
    public required string? SuggestedPage { get; init; }

    /// <summary>Whether it is reported in an alert.</summary>
    public required bool Alerts { get; init; }

    /// <summary>It was not reported on its own, because the link was unstable.</summary>
    public required bool Held { get; init; }

    internal static ChangeView Of(LinkChange change) => new()
    {
        Id = change.Id,
        LinkId = change.LinkId.Value,
        Page = change.Page.Href,
        Target = change.Target.Href,
        From = change.Transition.From,
        To = change.Transition.To,
        ReasonsBefore = change.Transition.ReasonsBefore,
        ReasonsAfter = change.Transition.ReasonsAfter,
        Since = change.Transition.Since,
        At = change.Transition.At,
        Before = change.Transition.Before,
        After = change.Transition.After,
        SuggestedPage = change.Transition.After.MovedTo?.Page.Href,
        Alerts = change.Transition.Alerts,
        Held = change.Held,
    };
}

/// <summary>The JSON of the API for changes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SliceView<ChangeView>))]
internal sealed partial class ChangeJson : JsonSerializerContext;
