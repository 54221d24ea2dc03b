using System.ComponentModel.DataAnnotations;
using LinkMonitor.Telemetry;

namespace LinkMonitor.Tests.Telemetry;

public sealed class TelemetryOptionsTests
{
    private const string Key = "InstrumentationKey=00000000-0000-0000-0000-000000000001";

    [Theory]
    [InlineData(null, null)]
    [InlineData("http://localhost:4318", null)]
    [InlineData("https://otlp.example.org/v1", Key)]
    [InlineData(null, Key + ";IngestionEndpoint=https://example.org/")]
    public void Endpoints_and_connection_strings_are_taken(string? otlp, string? azure) => Assert.Empty(Problems(otlp, azure));

    [Theory]
    [InlineData("localhost:4317", null)]
    [InlineData("4317", null)]
    [InlineData(null, "garbage")]
    [InlineData(null, "InstrumentationKey=secret")]
    public void What_could_not_work_is_refused_without_telling_it(string? otlp, string? azure) =>
        Assert.DoesNotContain("secret", Assert.Single(Problems(otlp, azure)).ErrorMessage, StringComparison.Ordinal);

    [Theory]
    [InlineData("Authorization=AAD", "authorization", "AAD")]
    [InlineData("ClientId=a=b; Authorization=AAD", "ClientId", "a=b")]
    [InlineData("Authorization=AAD", "ClientId", null)]
    [InlineData(";;x", "x", null)]
    [InlineData(null, "ClientId", null)]
    public void Parts_of_a_list_are_found_by_name(string? list, string name, string? value) =>
        Assert.Equal(value, TelemetryOptions.Part(list, name));

    private static List<ValidationResult> Problems(string? otlp, string? azure)
    {
        var options = new TelemetryOptions { Otlp = otlp, Azure = azure };
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results;
    }
}
