using System.Text.Json.Serialization.Metadata;

namespace LinkMonitor.Api.Bodies;

/// <summary>What a request may bring as its body: an object with the fields of <typeparamref name="T"/>.</summary>
internal interface IRequestBody<T> where T : class, IRequestBody<T>, new()
{
    /// <summary>The fields, from the JSON context of the room.</summary>
    static abstract JsonTypeInfo<T> Shape { get; }
}
