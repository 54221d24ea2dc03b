using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>A page that never answers.</summary>
internal static class SilentAnswer
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Completes when whoever asks has given up.</summary>
    /// <exception cref="TimeoutException">They have not for two minutes.</exception>
    public static async Task UntilGivenUpAsync(this HttpContext context)
    {
        var givenUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(givenUp.SetResult);
        await givenUp.Task.WaitAsync(Longest, TimeProvider.System, CancellationToken.None);
    }
}
