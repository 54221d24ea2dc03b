using LinkMonitor.Storage.Paging;

namespace LinkMonitor.Api.Queries;

/// <summary>The <c>?cursor=</c> of a list: one that this list gave out.</summary>
/// <param name="list">One of <see cref="ListNames"/>.</param>
/// <param name="owners">The route values that the list belongs to, in the order of its name.</param>
internal class CursorOfAttribute(string list, params string[] owners) : QueryRuleAttribute
{
    /// <summary>What is said of a cursor that is none.</summary>
    public const string NoCursor = "It is no cursor of this list. Send the one that the last answer gave, or none for the beginning.";

    public override string? Problem(string text, RouteValueDictionary route) =>
        ListNames.Gave(string.Join(' ', [list, .. owners.Select(owner => route[owner]?.ToString() ?? string.Empty)]), text) ? null : NoCursor;
}
