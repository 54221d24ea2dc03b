using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace LinkMonitor.Tests.Support;

/// <summary>Forms as a browser sends them.</summary>
internal static class Forms
{
    public static FormCollection Of(params (string Name, string Value)[] fields) => new(fields
        .GroupBy(field => field.Name, StringComparer.Ordinal)
        .ToDictionary(field => field.Key, field => new StringValues([.. field.Select(one => one.Value)]), StringComparer.Ordinal));
}
