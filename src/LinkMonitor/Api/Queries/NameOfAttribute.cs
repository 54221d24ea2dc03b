using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Api.Queries;

/// <summary>A query parameter that is one of the names of an enumeration.</summary>
internal sealed class NameOfAttribute<TEnum> : QueryRuleAttribute where TEnum : struct, Enum
{
    public override IReadOnlyList<string> Names => WireName.All<TEnum>();

    public override string? Problem(string text, RouteValueDictionary route) =>
        WireName.TryParse<TEnum>(text, out _) ? null : FieldErrors.NotOneOf(text, Names);
}
