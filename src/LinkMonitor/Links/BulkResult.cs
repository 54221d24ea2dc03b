namespace LinkMonitor.Links;

/// <summary>What became of each link, in the order of the request.</summary>
/// <param name="Done">How many it was done with.</param>
/// <param name="NotFound">How many the project does not have.</param>
/// <param name="TooMany">How many checks were more than the key may ask for in a minute; ask for these again.</param>
public sealed record BulkResult(BulkAction Action, int Done, int NotFound, int TooMany, IReadOnlyList<BulkItem> Results)
{
    internal static BulkResult Of(BulkAction action, IReadOnlyList<BulkItem> items) => new(
        action,
        items.Count(item => item.Status < StatusCodes.Status300MultipleChoices),
        items.Count(item => item.Status == StatusCodes.Status404NotFound),
        items.Count(item => item.Status == StatusCodes.Status429TooManyRequests),
        items);
}
