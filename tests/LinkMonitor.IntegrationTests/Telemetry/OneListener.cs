namespace LinkMonitor.IntegrationTests.Telemetry;

/// <summary>A listener hears of every product in the process, so its tests run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneListener
{
    public const string Name = "telemetry";
}
