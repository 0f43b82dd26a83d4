import Lab
import LabTools
import Testing
