namespace LinkMonitor.Testing.Storage;

/// <summary>Stops a unit of work at each of its storage calls in turn, before and after it is made.</summary>
internal static class Crashes
{
    /// <summary>
    /// For every place to die: prepares something fresh, does the work until it dies, looks at what is stored, does it again with nothing
    /// in the way and looks at that.
    /// </summary>
    /// <returns>How many calls the whole work takes.</returns>
    public static async Task<int> AtEveryCallAsync<T>(
        TestStorage storage, Func<Task<T>> prepare, Func<TestStorage, T, Task> work, Func<T, Task> afterCrash, Func<T, Task> afterRepeat)
    {
        for (var call = 1; ; call++)
        {
            foreach (var afterCall in new[] { false, true })
            {
                var subject = await prepare();
                var hook = new CrashHook();
                hook.Arm(call, afterCall);
                var isDone = await DiesAsync(() => work(storage.Through(hook), subject));
                if (isDone && !hook.HasStopped)
                    return call - 1;

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
