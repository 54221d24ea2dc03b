using Azure.Core;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Stops a unit of work at each of its storage requests in turn, before and after it is sent.</summary>
internal static class Crashes
{
    /// <summary>
    /// For every place to die: prepares something fresh, does the work until it dies, looks at what is stored, does it again with nothing
    /// in the way and looks at that.
    /// </summary>
    /// <returns>How many requests the whole work takes.</returns>
    public static async Task<int> AtEveryRequestAsync<T>(
        TestStorage storage, Func<Task<T>> prepare, Func<TestStorage, T, Task> work, Func<T, Task> afterCrash, Func<T, Task> afterRepeat)
    {
        for (var request = 1; ; request++)
        {
            foreach (var afterSending in new[] { false, true })
            {
                var subject = await prepare();
                var policy = new StopAtRequestPolicy(request, afterSending);
                var isDone = await DiesAsync(() => work(storage.With(policy, HttpPipelinePosition.PerCall), subject));
                if (isDone && !policy.HasStopped)
                    return request - 1;

                await afterCrash(subject);
                await work(storage, subject);
                await afterRepeat(subject);
            }
        }
    }

    private static async Task<bool> DiesAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (StoppedException)
        {
            return false;
        }
    }
}
