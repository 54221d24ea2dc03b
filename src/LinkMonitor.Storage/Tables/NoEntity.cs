using Azure;

namespace LinkMonitor.Storage.Tables;

/// <summary>The answer that there is no such entity.</summary>
internal sealed class NoEntity(Response response) : NullableResponse<TableEntity>
{
    public override bool HasValue => false;

    public override TableEntity Value =>
        throw new InvalidOperationException("The entity does not exist. Check HasValue first.");

    public override Response GetRawResponse() => response;
}
