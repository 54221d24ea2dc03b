namespace LinkMonitor.Testing.Storage;

/// <summary>Stands between the product and its storage: acts before and after every call at the ports.</summary>
internal abstract class StorageHook
{
    public virtual Task BeforeAsync(StorageCall call) => Task.CompletedTask;

    public virtual Task AfterAsync(StorageCall call) => Task.CompletedTask;

    /// <summary>Lets a call pass.</summary>
    public async Task<T> AroundAsync<T>(StorageCall call, Func<Task<T>> send)
    {
        await BeforeAsync(call);
        var answer = await send();
        await AfterAsync(call);
        return answer;
    }

    /// <inheritdoc cref="AroundAsync{T}"/>
    public async Task AroundAsync(StorageCall call, Func<Task> send)
    {
        await BeforeAsync(call);
        await send();
        await AfterAsync(call);
    }
}
