using LinkMonitor.Api;
using LinkMonitor.Api.Queries;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Placements.Reporting;

/// <summary>The <c>?format=</c> of a report.</summary>
/// <param name="known">Those that the report has; the first is the one for whoever does not mind.</param>
internal sealed class FormatOfAttribute(params ReportFormat[] known) : QueryRuleAttribute
{
    public override IReadOnlyList<string> Names => [.. known.Select(WireName.Of)];

    public override string? Problem(string text, RouteValueDictionary route) =>
        WireName.TryParse<ReportFormat>(text, out var format) && known.Contains(format) ? null : FieldErrors.NotOneOf(text, Names);
}
