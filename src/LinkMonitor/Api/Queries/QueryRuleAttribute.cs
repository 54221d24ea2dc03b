namespace LinkMonitor.Api.Queries;

/// <summary>What a query parameter must be, beyond its type; kept by <see cref="QueryFields"/>, before the endpoint runs.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal abstract class QueryRuleAttribute : Attribute
{
    /// <summary>The only values there are; empty where others are possible.</summary>
    public virtual IReadOnlyList<string> Names => [];

    /// <summary>What is wrong with a value that is not empty, in words for its sender; null for nothing.</summary>
    /// <param name="route">What the path of the request names, for example the project.</param>
    public abstract string? Problem(string text, RouteValueDictionary route);
}
