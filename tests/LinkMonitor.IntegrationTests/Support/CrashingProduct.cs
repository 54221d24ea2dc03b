using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>A product whose process can die at any storage call.</summary>
internal static class CrashingProduct
{
    /// <summary>Runs a message until it is done or dies.</summary>
    /// <returns>Whether it died.</returns>
    public static async Task<bool> DiesAsync(
        this Product product, CrashHook hook, CrashPlace place, string function, string message, CancellationToken cancellationToken)
    {
        hook.Arm(place.Call, place.AfterCall);
        try
        {
            await product.RunAsync(function, message, cancellationToken);
            return hook.HasStopped;
        }
        catch (StoppedException)
        {
            return true;
        }
        finally
        {
            hook.Disarm();
        }
    }
}
