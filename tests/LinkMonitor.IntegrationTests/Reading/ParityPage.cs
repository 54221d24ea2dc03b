using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>A page that the browser and our reader are both given, byte for byte.</summary>
public sealed record ParityPage(string Name, byte[] Body)
{
    public const string DefaultContentType = "text/html";

    public string ContentType { get; init; } = DefaultContentType;

    public string Path => $"/parity/{Name}";

    public void Serve(LocalWeb web) => web.Map(Path, context =>
    {
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = Body.Length;
        return context.Response.Body.WriteAsync(Body, context.RequestAborted).AsTask();
    });
}
