namespace LinkMonitor.Engine.Fetching;

/// <summary>
/// Why <see cref="AddressGate"/> made no connection. SocketsHttpHandler hands it on as the inner exception of an HttpRequestException,
/// where whoever sends the request turns it into a value.
/// </summary>
public sealed class GateException : Exception
{
    public GateException(FetchFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>Refused, NameNotFound, NameLookupFailed, ConnectFailed or OurNetwork.</summary>
    public FetchFailure Failure { get; }
}
