using LinkMonitor.Api.Queries;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Paging;

namespace LinkMonitor.Alerts.Listing;

/// <summary>The <c>?cursor=</c> of a list of alerts: a place among the open ones, or a cursor of the closed ones.</summary>
internal sealed class AlertCursorAttribute : QueryRuleAttribute
{
    public override string? Problem(string text, RouteValueDictionary route)
    {
        var partition = route["projectId"]?.ToString() ?? Alert.OperatorPartition.Value;
        var isOne = OpenCursor.IsOne(text) ? OpenCursor.TryRead(text) is not null : ListNames.Gave($"{ListNames.Alerts} {partition}", text);
        return isOne ? null : CursorOfAttribute.NoCursor;
    }
}
