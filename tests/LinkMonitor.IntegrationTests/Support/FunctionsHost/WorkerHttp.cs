using LinkMonitor.IntegrationTests.Support.FunctionsHost.Protocol;

namespace LinkMonitor.IntegrationTests.Support.FunctionsHost;

/// <summary>
/// The host's web front: each request starts the HTTP function and goes, side by side, to the worker's own web server, with the id that
/// joins the two and the headers that say where the client had sent it.
/// </summary>
internal sealed class WorkerHttp(WorkerConnection worker, string functionId, Uri workerUrl) : DelegatingHandler(Handler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri!;
        var id = Guid.NewGuid().ToString();
        request.RequestUri = new Uri(workerUrl, asked.PathAndQuery);
        request.Headers.Add("x-ms-invocation-id", id);
        request.Headers.Add("X-Forwarded-Host", asked.Authority);
        request.Headers.Add("X-Forwarded-Proto", asked.Scheme);
        request.Headers.Add("X-Forwarded-For", "127.0.0.1");

        var invocation = worker.InvokeAsync(new InvocationRequest { InvocationId = id, FunctionId = functionId });
        var answer = await base.SendAsync(request, cancellationToken);
        // Read whole, as the function ends only when its answer is taken.
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var ended = await invocation.WaitAsync(cancellationToken);
        return ended.Result.Status == StatusResult.Types.Status.Success
            ? answer
            : throw new InvalidOperationException($"The HTTP function ended with {ended.Result.Status}: {ended.Result.Exception?.Message}");
    }

    private static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
    };
}
