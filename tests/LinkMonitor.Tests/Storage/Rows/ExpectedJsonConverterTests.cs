using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Engine.Links;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Tests.Storage.Rows;

public sealed class ExpectedJsonConverterTests
{
    private static readonly JsonSerializerOptions Options =
        new() { Converters = { new ExpectedJsonConverter<string>() }, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    [Theory]
    [InlineData("""{"kind":"as-first-seen"}""")]
    [InlineData("""{"kind":"any"}""")]
    [InlineData("""{"kind":"exactly","value":"best lamps"}""")]
    public void What_is_written_is_read_again(string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<Expected<string>>(json, Options), Options));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"kind":"exactly"}""")]
    [InlineData("""{"kind":"exactly","value":null}""")]
    public void What_lacks_its_kind_or_value_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Expected<string>>(json, Options));
}
