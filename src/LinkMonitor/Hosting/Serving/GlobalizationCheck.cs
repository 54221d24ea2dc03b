using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Hosting.Serving;

/// <summary>
/// Host names with letters beyond ASCII are read right only with ICU (docs/decisions/0008-globalization-icu.md), which the environment
/// variable DOTNET_SYSTEM_GLOBALIZATION_INVARIANT switches off.
/// </summary>
internal static class GlobalizationCheck
{
    /// <summary>What is wrong and what to do, or null.</summary>
    public static string? Warning() =>
        IdnName.ToAscii("B\u00DCCHER.example", isHost: false) == "xn--bcher-kva.example"
            ? null
            : "Warning: .NET runs in globalization-invariant mode, so international host names are read wrongly. Install libicu and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.";
}
