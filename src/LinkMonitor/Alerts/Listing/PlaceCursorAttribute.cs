using System.Globalization;
using LinkMonitor.Api.Queries;

namespace LinkMonitor.Alerts.Listing;

/// <summary>The <c>?cursor=</c> among the changes of one alert: how many came before. They never change, so a place is a cursor.</summary>
internal sealed class PlaceCursorAttribute : QueryRuleAttribute
{
    public override string? Problem(string text, RouteValueDictionary route) => Read(text) is null ? CursorOfAttribute.NoCursor : null;

    /// <summary>The place; null when it is none.</summary>
    public static int? Read(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;
}
