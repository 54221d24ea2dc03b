using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace LinkMonitor.Storage.Tables;

/// <summary>The pipeline to one account. Answers are read whole into memory: the service gives at most 4 MiB at once.</summary>
internal sealed class TableConnection
{
    public const string Accept = "application/json;odata=minimalmetadata";
    public const string ContentType = "application/json;odata=nometadata";
    public const string DataServiceVersion = "3.0";

    /// <summary>Of an insert: we have the entity already.</summary>
    public const string Prefer = "return-no-content";

    // Old enough for every emulator in use, new enough for tokens.
    public const string ServiceVersion = "2020-12-06";

    private readonly HttpPipeline _pipeline;

    public TableConnection(Uri endpoint, HttpPipelinePolicy authentication, TableClientOptions options)
    {
        Endpoint = new Uri(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        Clock = options.Clock;
        var pipeline = new HttpPipelineOptions(options)
        {
            ResponseClassifier = TableResponseClassifier.Instance,
            RequestFailedDetailsParser = TableErrorParser.Instance,
        };
        pipeline.PerRetryPolicies.Add(authentication);
        pipeline.PerRetryPolicies.Add(new BusyTransactionPolicy());
        _pipeline = HttpPipelineBuilder.Build(pipeline);
    }

    /// <summary>Ends with a slash.</summary>
    public Uri Endpoint { get; }

    public TimeProvider Clock { get; }

    /// <param name="method">The verb.</param>
    /// <param name="relative">Path and query below the endpoint, escaped.</param>
    public HttpMessage CreateMessage(RequestMethod method, string relative)
    {
        var message = _pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(Endpoint.AbsoluteUri + relative));
        message.Request.Headers.SetValue("Accept", Accept);
        message.Request.Headers.SetValue("x-ms-version", ServiceVersion);
        message.Request.Headers.SetValue("DataServiceVersion", DataServiceVersion);
        return message;
    }

    public HttpMessage CreateMessage(RequestMethod method, string relative, byte[] json)
    {
        var message = CreateMessage(method, relative);
        message.Request.Headers.SetValue("Content-Type", ContentType);
        if (method == RequestMethod.Post)
            message.Request.Headers.SetValue("Prefer", Prefer);
        message.Request.Content = RequestContent.Create(json);
        return message;
    }

    /// <summary>Sends with the retries.</summary>
    /// <exception cref="RequestFailedException">No try brought an answer; the status is 0.</exception>
    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _pipeline.SendAsync(message, cancellationToken);
            return message.Response;
        }
        catch (AggregateException tries)
        {
            // The retry policy gathers what each try threw, our own cancellation among it.
            cancellationToken.ThrowIfCancellationRequested();
            var last = tries.InnerExceptions[^1];
            throw last as TableTransactionFailedException
                ?? new RequestFailedException(
                    $"The table service gave no answer in {tries.InnerExceptions.Count} tries. The last: {last.Message}", tries);
        }
    }

    public static RequestFailedException Failed(Response response) => new(response, null, TableErrorParser.Instance);

    /// <summary>Code of an error answer, from the header or from the document.</summary>
    public static string? ErrorCode(Response response) => Failed(response).ErrorCode;
}
