using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LinkMonitor.IntegrationTests.Support.LongFirst))]

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>A class whose tests take long one after the other. It starts before the others: the run would wait for it at its end.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesLongAttribute : Attribute;

/// <summary>Starts the classes that take long before all others, which keep their order.</summary>
public sealed class LongFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        .. typeof(LongFirst).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<TakesLongAttribute>() is not null)
            .Select(type => type.FullName!),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => !Array.Exists(Long, name => IsOf(collection, name)))];

    // A class without a collection of its own is one that is named after it: "Test collection for Its.Name (id: ...)".
    private static bool IsOf(ITestCollection collection, string name) =>
        collection.TestCollectionDisplayName.Split(' ').Contains(name, StringComparer.Ordinal);
}
