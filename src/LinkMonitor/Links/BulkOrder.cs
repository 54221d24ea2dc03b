using LinkMonitor.Api;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Links;

/// <summary>A bulk request that was read and is sound.</summary>
/// <param name="Links">1 to 1,000, each once.</param>
internal sealed record BulkOrder(BulkAction Action, IReadOnlyList<string> Links, DateTimeOffset? MutedUntil)
{
    public const int MaxLinks = 1_000;

    /// <param name="now">A muting ends after it.</param>
    /// <returns>Null exactly when <paramref name="errors"/> has any.</returns>
    public static BulkOrder? Read(BulkRequest request, DateTimeOffset now, FieldErrors errors)
    {
        if (request.Action is null)
            errors.AddIfNone("action", $"Say what to do: one of {string.Join(", ", WireName.All<BulkAction>())}.");
        if (request.Links is not { Count: >= 1 and <= MaxLinks })
            errors.AddIfNone("links", $"1 to {MaxLinks} ids of links; there are {request.Links?.Count ?? 0}.");
        if (request is { MutedUntil: not null, Action: not (BulkAction.Mute or null) })
            errors.Add("mutedUntil", "Only muting has an end. Leave it out.");
        var until = LinkRequestReader.ReadMutedUntil(request.MutedUntil, now, errors);
        return errors.Any ? null : new BulkOrder(request.Action!.Value, [.. request.Links!.Distinct(StringComparer.Ordinal)], until);
    }
}
