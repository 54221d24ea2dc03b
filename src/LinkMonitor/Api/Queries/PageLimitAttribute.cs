using System.Globalization;

namespace LinkMonitor.Api.Queries;

/// <summary>The <c>?limit=</c> of every list: 1 to 1,000.</summary>
internal sealed class PageLimitAttribute : QueryRuleAttribute
{
    public const int Default = 100;
    public const int Max = 1000;

    // A text that is no number at all is for the type to refuse.
    public override string? Problem(string text, RouteValueDictionary route) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value is < 1 or > Max
            ? $"1 to {Max}; it is {value}."
            : null;
}
