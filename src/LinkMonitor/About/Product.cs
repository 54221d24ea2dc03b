using System.Reflection;

namespace LinkMonitor.About;

/// <summary>What the product says of itself.</summary>
internal static class Product
{
    /// <summary>For example <c>0.1.0</c>, without build metadata.</summary>
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
