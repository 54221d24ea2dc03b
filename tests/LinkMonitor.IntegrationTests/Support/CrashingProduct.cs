using Azure.Core;
using Azure.Core.Pipeline;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>A product whose process can die at any storage request.</summary>
internal static class CrashingProduct
{
    /// <summary>The same settings, with every storage request passing a policy.</summary>
    public static ProductSettings With(this ProductSettings settings, HttpPipelinePolicy policy) => settings with
    {
        Storage = settings.Storage with
        {
            ConfigureTables = options => options.AddPolicy(policy, HttpPipelinePosition.PerCall),
            ConfigureQueues = options => options.AddPolicy(policy, HttpPipelinePosition.PerCall),
        },
    };

    /// <summary>Runs a message until it is done or dies.</summary>
    /// <returns>Whether it died.</returns>
    public static async Task<bool> DiesAsync(
        this Product product, CrashPolicy policy, CrashPlace place, string function, string message, CancellationToken cancellationToken)
    {
        policy.Arm(place.Request, place.AfterSending);
        try
        {
            await product.RunAsync(function, message, cancellationToken);
            return policy.HasStopped;
        }
        catch (StoppedException)
        {
            return true;
        }
        finally
        {
            policy.Disarm();
        }
    }
}
