// LinkMonitor on Flex Consumption: one function app with a system-assigned identity, one storage account without keys.
targetScope = 'subscription'

@description('Name of the environment; the resources are named after it.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Region; must offer Flex Consumption.')
param location string

@description('Whether to send logs and metrics to Application Insights.')
param withApplicationInsights bool = true

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances at once; Flex Consumption takes no less than 40.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('A key for the API with all rights, at least 24 characters: the first key is printed only by linkmonitor serve.')
@secure()
@minLength(24)
param adminKey string

@description('More settings of LinkMonitor (docs/configuration.md), with __ between the levels.')
@secure()
param settings object = {}

var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module app 'app.bicep' = {
  name: 'linkmonitor'
  scope: group
  params: {
    location: location
    token: toLower(uniqueString(subscription().id, environmentName, location))
    withApplicationInsights: withApplicationInsights
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    adminKey: adminKey
    settings: settings
    tags: tags
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_NAME string = app.outputs.name
output LINKMONITOR_URL string = app.outputs.url
