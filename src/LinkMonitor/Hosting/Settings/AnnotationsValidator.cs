using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Settings;

/// <summary>Checks a settings class by its annotations, and names the setting as it is written in the configuration.</summary>
internal sealed class AnnotationsValidator<TSettings>(string section) : IValidateOptions<TSettings> where TSettings : class
{
    public ValidateOptionsResult Validate(string? name, TSettings options)
    {
        var results = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(results.Select(Describe));
    }

    private string Describe(ValidationResult result) =>
        $"{section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}";
}
