namespace LinkMonitor.Alerts.Posting;

/// <summary>
/// Cuts an answer's body at a size, for clients that read whole bodies: what a vendor's endpoint says back is small, or not for us.
/// </summary>
/// <param name="maxBytes">Of the body, decompressed.</param>
internal sealed class BoundedAnswerHandler(int maxBytes) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[maxBytes];
            var length = await body.ReadAtLeastAsync(buffer, maxBytes, throwOnEndOfStream: false, cancellationToken);
            response.Content = new ByteArrayContent(buffer, 0, length);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
